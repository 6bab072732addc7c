update vehicle set sign = lower(sign);
