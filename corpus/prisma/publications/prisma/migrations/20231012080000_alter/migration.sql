alter publication pub_empty add table sender, receiver;
alter publication pub_empty set (publish = 'insert', publish_via_partition_root = true);
alter publication pub_names set table sender (id, name, secret);
alter publication pub_feed rename to pub_messages;
