"""评议稿 and 公函 as Word files, written part by part without a template."""
