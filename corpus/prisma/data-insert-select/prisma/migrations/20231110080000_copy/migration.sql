INSERT INTO payment (order_id, payer, note)
SELECT id, coalesce(customer, 'unknown'), 'moved on ' || date '2023-11-10'
FROM old_order WHERE paid
RETURNING order_id;
