"""What computes, behind small ports: language model, embedder, evidence model; and their catalog."""
