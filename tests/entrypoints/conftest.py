"""An S3 server for commands whose store is a bucket."""

from tests.s3_server import bucket, s3_endpoint, s3_options

__all__ = ["bucket", "s3_endpoint", "s3_options"]
