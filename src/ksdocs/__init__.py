"""ksdocs: cooperation documents of Indonesian polytechnics, written and proven complete."""
