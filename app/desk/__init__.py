"""What citizens and staff say about answers: feedback, hand-overs, marks, tasks."""
