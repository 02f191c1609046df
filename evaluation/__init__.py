"""Measuring: gold questions, published benchmarks, speed; and fitting what is learned."""
