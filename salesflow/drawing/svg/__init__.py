"""A scene as SVG: swimlanes, boxes, lines, marks and figures, in colours for day and night."""
