"""The 新疆 sample: "1+1+1+100" of a college, a calendar year, monthly reports by each cadre and lists upward; all invented."""
