alter function norm(text) rename to normalise;
