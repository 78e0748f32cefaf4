"""One function a message: find the place, ask the feature, convert the answer."""
