"""Networks with their weights, training and explanations. The only modules of the course that import TensorFlow."""
