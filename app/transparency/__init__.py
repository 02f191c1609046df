"""What a town tells about its chatbot: one register, for the page, the API and the compliance drafts."""
