from qihou.cli import main

main(prog_name="qihou")
