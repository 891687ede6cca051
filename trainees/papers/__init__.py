"""Official forms about the people of a course, on paper: 8 (applicants), 9 (time sheets), 10 (assessment).

`facts` takes what a form says from the database, the module of each form draws it, `printing` does both.
The words are data/papers/*.json, as printed in the pack; `layout` is the look that all of them share.
"""
