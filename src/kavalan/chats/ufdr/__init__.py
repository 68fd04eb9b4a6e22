"""Chats in reports of Cellebrite's Physical Analyzer: `report.xml`, alone or in a `.ufdr`."""
