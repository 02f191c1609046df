"""What the answer log tells about the knowledge: questions without a good answer, texts of concern, health."""
