UPDATE rate r SET value = r.value * c.factor FROM correction c WHERE c.code = r.code;
