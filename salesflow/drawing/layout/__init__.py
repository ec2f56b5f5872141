"""From a diagram to a scene: where everything stands, and which way the lines go."""
