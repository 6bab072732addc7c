DELETE FROM subscription a USING subscription b WHERE a.id > b.id AND a.email = b.email AND a.topic = b.topic;
delete from loose where ctid not in (select min(ctid) from loose group by a, b);

-- CreateIndex
CREATE UNIQUE INDEX "subscription_email_topic_key" ON "subscription"("email", "topic");
