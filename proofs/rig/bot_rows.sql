-- Learners of the bot with quizzes and answers, and a dictionary that a school has changed.
insert into word_category (name) select 'category ' || n from generate_series(1, 5) as n;
insert into esp2rus_dictionary (word, translation, level, category)
select 'palabra ' || n, 'слово ' || n || E', \\ "перевод"\t' || n, 'A' || (1 + n % 2), 'category ' || (1 + n % 5)
from generate_series(1, 200) as n;
update study_levels set min_rating = 250 where level_id = 2;
insert into client_info (chat_id, name, username, language)
select 1000 + n, E'Имя \\.' || n, 'user' || n, (array['ru', 'es', 'en'])[1 + n % 3] from generate_series(1, 40) as n;
delete from client_info where client_id % 9 = 0;
insert into group_codes (code, group_id, name, created_by) values ('code-1', 'bot:1', 'Group 1', 'curator');
insert into client_groups (client_id, group_id, joined_at)
select client_id, 'bot:1', '2026-11-01T10:00Z' from client_info where client_id % 2 = 0;
insert into client_activity_log (
    client_id, started_at, finished_at, status, number, words_asked, words_right, hints, quiz_weight
)
select
    client_id, '2026-11-02T10:00Z', '2026-11-02T10:05Z', 'finished', nextval('client_activity_number'), 5, 4, 0, 6
from client_info;
insert into client_activity_words (
    activity_id, position, client_id, word_id, direction, question, prompt, expected, asked_at, answered_at,
    answer, verdict
)
select
    a.activity_id, n, a.client_id, n, 'es2ru', 'typed', 'palabra ' || n, array['слово ' || n],
    a.started_at, a.finished_at, 'слово ' || n, case when n = 5 then 'wrong' else 'right' end
from client_activity_log as a cross join generate_series(1, 5) as n;
insert into client_analytics (client_id, client_rating, level_id_current, ability, ability_variance)
select client_id, 6, 1, 0.25, 1.5 from client_info;
insert into client_word_memory (client_id, word_id, stability, difficulty, last_review_at, due_at, reviews)
select client_id, word_id, 2.5, 5, answered_at, answered_at + interval '2 days', 1 from client_activity_words;
insert into word_difficulty (word_id, difficulty, variance, answers)
select word_id, 0.125, 1, count(*) from client_activity_words group by word_id;
insert into level_updates (number, at, day) values (nextval('client_activity_number'), '2026-11-03T00:00Z', '2026-11-03');
