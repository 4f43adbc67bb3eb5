-- Whom reports go to, and what their messages say, is nobody's business at the SQL shell.

DROP POLICY readers ON recipients;
DROP POLICY readers ON messages;
DROP POLICY readers ON deliveries;
CREATE POLICY backup ON recipients FOR SELECT TO gradeline_backup USING (true);
CREATE POLICY backup ON messages FOR SELECT TO gradeline_backup USING (true);
CREATE POLICY backup ON deliveries FOR SELECT TO gradeline_backup USING (true);
