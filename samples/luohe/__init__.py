"""The 漯河 sample: the work 活力团建 of July to December 2020, its 名册 and the returns that came in, all invented."""
