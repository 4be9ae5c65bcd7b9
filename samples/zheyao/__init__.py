"""The 浙药 sample: "1+3" 团青连心 of a college, a term and a school year, notes by each cadre and spot checks; all invented."""
