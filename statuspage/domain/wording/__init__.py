"""What is said to customers before anybody has to think of the words: message templates, and hints about wording.

A template is a row: for which occasion, status, category and severity, in which language, and the text with fixed
`{{ placeholders }}`. Filling one is plain substitution of a short closed list (`placeholders`), never a template
language. `rules` say what fits and what is proposed first, `values` what the placeholders stand for, `filling` puts
both together; `shipped` are the texts every installation begins with. `hints` reads public text and advises; it never
forbids. What is written but not yet published lives above, in `editorial`.
"""
