"""A plan as a paper of NĐ 30/2020: from what it says to what `guong.papers` draws as Word and PDF.

`papers.word.to_docx(plan_paper(plan, facts))` read by `planreader.read` gives the plan back (issue 3).
"""

from guong.plans.paper.plan import Facts, plan_paper

__all__ = ["Facts", "plan_paper"]
