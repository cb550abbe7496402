"""What a person writes who renders one document with docxtpl and checks nothing: JOB CONTEXTS OUT."""

import json
import sys

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

job_file, contexts_file, out = sys.argv[1:]
with open(job_file, encoding="utf-8") as stream:  # noqa: PTH123
    job = json.load(stream)
with open(contexts_file, encoding="utf-8") as stream:  # noqa: PTH123
    context = json.load(stream)[0]
template = DocxTemplate(job["template"])
width, height = job["size_mm"]
for name, file in job["logos"].items():
    context[name] = InlineImage(template, file, width=Mm(width), height=Mm(height))
template.render(context)
template.save(out)
