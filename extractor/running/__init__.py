"""Reading many articles in one run: in chunks, by several processes, to be gone on with after any interruption.

`chunks` cuts the stream of articles; `work` is what is done with a chunk; `pool` has it done by worker processes
(`worker` is one of them) and survives their death; `run` is a whole run from the inputs to the finished output, with
its `workplace` (lock, checkpoint, growing files) beside the output, its `errors` and its `progress`.
"""
