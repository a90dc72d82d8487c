-- What has a row of `endpoint` is not deleted, and finding that out must not read them all.
CREATE INDEX endpoint_by_device ON endpoint (device);
