"""What the whole installation looks like at an instant, drawn from every other chapter. Reads, writes nothing.

The honesty check: `queries` gathers a situation, `rules` names where what customers are told and what is known inside
do not agree. The panel and `/readyz` show it.
"""
