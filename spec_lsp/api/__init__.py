"""What other programs may import: parse, infer, bind, check and open a folder."""
