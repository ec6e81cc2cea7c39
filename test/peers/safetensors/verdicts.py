"""What the safetensors library makes of small files: for each, the tensors that it reads, or null where it refuses.

Reads a list of files in base64; writes {"version", "verdicts"}, a verdict being {"metadata", "tensors": {name: [dtype,
shape, bytes in hexadecimal]}}."""
import base64, json, os, sys, tempfile
import safetensors


def verdict(path, data):
    try:
        read = safetensors.deserialize(data)
    except Exception as error:
        refusal = str(error)
    else:
        refusal = None
    with open(path, "wb") as file:
        file.write(data)
    try:
        with safetensors.safe_open(path, framework="numpy") as opened:
            metadata = opened.metadata()
    except Exception as error:
        # a file is mapped into memory, bytes are not: both have to agree
        assert refusal is not None, (data, str(error))
        return None
    assert refusal is None, (data, refusal)
    tensors = {name: [it["dtype"], it["shape"], bytes(it["data"]).hex()] for name, it in read}
    return {"metadata": metadata, "tensors": tensors}


files = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "small.safetensors")
    verdicts = [verdict(path, base64.b64decode(each)) for each in files]
# the library lists tensors in another order each time
json.dump({"version": safetensors.__version__, "verdicts": verdicts}, sys.stdout, sort_keys=True)
