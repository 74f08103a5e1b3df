"""年鉴、地方志编纂流程工具。Editorial workflow for Chinese yearbooks and gazetteers."""

__version__ = "0.1.0"
