"""The 山西 sample: "十个一" of a university, a term of weeks, opinions asked for and a list of links in Word; all invented."""
