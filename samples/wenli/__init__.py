"""The 文理 sample: 直接联系服务引领青年师生制度 of a college, a school year, with lists of a hundred in Excel; all invented."""
