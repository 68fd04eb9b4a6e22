"""Files that hold pictures without being archives: documents, mail, databases, pictures themselves."""
