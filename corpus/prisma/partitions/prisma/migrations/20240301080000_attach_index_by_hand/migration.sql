-- an index on the parent alone is invalid until every partition has its own
CREATE INDEX shipment_weight_idx ON ONLY shipment (weight);
CREATE INDEX shipment_eu_weight_idx ON shipment_eu (weight);
CREATE INDEX shipment_us_weight_idx ON shipment_us (weight);
ALTER INDEX shipment_weight_idx ATTACH PARTITION shipment_eu_weight_idx;
ALTER INDEX shipment_weight_idx ATTACH PARTITION shipment_us_weight_idx;
