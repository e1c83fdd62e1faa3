"""Processes that answer one JSON line for each: hookseal's example `oracle`, the adapter for npm."""

import json
import subprocess
from threading import Thread


class Lines:
    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1 << 16)

    def ask(self, commands: list[dict]) -> list[dict]:
        """All answers, in order. Questions are written beside, so that no pipe can fill up."""
        def write() -> None:
            for command in commands:
                self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()

        writer = Thread(target=write)
        writer.start()
        answers = [json.loads(self.process.stdout.readline() or "null") for _ in commands]
        writer.join()
        if None in answers:
            raise SystemExit(f"{self.process.args} ended")
        return answers

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
