package ai.cscx.chorus.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bot from outside: signed requests in, messages in a Slack over HTTP out. */
class SlackIT {
    private static final String CALLS = "Show calls for Northwind Freight";
    private static SlackRig rig;

    @BeforeAll
    static void start() {
        rig = new SlackRig(null);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @AfterEach
    void settle() {
        settled();
    }

    private static void settled() {
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.waiting() == 0);
    }

    private static FakeSlack.Post answer(String channel) {
        settled();
        List<FakeSlack.Post> posts = rig.slack.posts(channel);
        assertThat(posts).as("messages in " + channel).hasSize(1);
        return posts.getFirst();
    }

    private static List<FakeSlack.Call> ephemeral(String channel) {
        settled();
        return rig.slack.calls("chat.postEphemeral").stream()
                .filter(call -> channel.equals(call.form().get("channel")))
                .toList();
    }

    @Test
    void address_isVerified() {
        HttpResponse<String> answer =
                rig.post("/slack/events", "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aB\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"challenge\":\"3eZbrw1aB\"}");
    }

    @Test
    void forgedOldAndFutureRequests_areRefused_andNothingIsKept() {
        String body = Json.write(Map.of(
                "type",
                "event_callback",
                "event_id",
                "EvForged",
                "team_id",
                FakeSlack.TEAM,
                "event",
                SlackRig.message("app_mention", SlackRig.MARIA, "CF", CALLS, "1.1", null)));
        long before = rig.requests();

        for (String path : List.of("/slack/events", "/slack/commands", "/slack/interactions")) {
            assertThat(rig.post(path, body, Instant.now(), "somebody else's").statusCode())
                    .isEqualTo(401);
            assertThat(rig.post(path, body, Instant.now().minusSeconds(310), SlackRig.SECRET)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(rig.post(path, body, Instant.now().plusSeconds(310), SlackRig.SECRET)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(rig.requests()).isEqualTo(before);
    }

    @Test
    void directMessage_isAnsweredInItsThread_inTheMessageThatSaidThinking() {
        String ts = rig.dm(SlackRig.MARIA, "D1", CALLS, null);

        FakeSlack.Post answer = answer("D1");
        assertThat(answer.thread()).isEqualTo(ts);
        assertThat(answer.words())
                .startsWith("I found 2 calls")
                .contains("<https://chorus.ai/meeting/E-1")
                .doesNotContain("Globex");
        assertThat(rig.slack.calls("chat.postMessage").stream()
                        .filter(call -> "D1".equals(call.form().get("channel")))
                        .map(call -> FakeSlack.words(call.blocks())))
                .containsExactly(Phrases.THINKING);
        assertThat(answer.form()).containsEntry("unfurl_links", "0").containsEntry("link_names", "0");
    }

    @Test
    void sameEvent_deliveredAgain_changesNothing() {
        Map<String, Object> event = SlackRig.message("message", SlackRig.MARIA, "D2", CALLS, "2.1", null);
        event.put("channel_type", "im");

        for (int i = 0; i < 4; i++) {
            assertThat(rig.event("EvTwice", event).statusCode()).isEqualTo(200);
        }
        answer("D2");
        assertThat(rig.event("EvTwice", event).statusCode()).isEqualTo(200);

        answer("D2");
    }

    @Test
    void twoEventsOfOneMessage_areAnsweredOnce() {
        rig.slack.channel("G3", true, SlackRig.MARIA, FakeSlack.SELF);
        Map<String, Object> event =
                SlackRig.message("app_mention", SlackRig.MARIA, "G3", "<@UBOT> " + CALLS, "3.1", null);
        rig.event("EvA", event);
        event.put("type", "message");
        event.put("channel_type", "group");
        rig.event("EvB", event);

        assertThat(answer("G3").words()).contains("I found 2 calls");
    }

    @Test
    void followUps_inAThread_areTheSameConversation_inOrder() {
        String ts = rig.dm(SlackRig.MARIA, "D4", CALLS, null);
        rig.dm(SlackRig.MARIA, "D4", "and for Globex?", ts);
        rig.dm(SlackRig.MARIA, "D4", "What action items are open for Northwind Freight?", ts);
        settled();

        assertThat(rig.slack.posts("D4")).extracting(FakeSlack.Post::thread).containsExactly(ts, ts, ts);
        assertThat(rig.slack.posts("D4").get(0).words()).contains("I found 2 calls");
        assertThat(rig.slack.posts("D4").get(1).words()).contains("Globex").doesNotContain("chorus.ai");
        assertThat(rig.slack.posts("D4").get(2).words()).contains("Send the quote");
    }

    @Test
    void replyInAThread_withoutMention_isAnsweredToWhoTalksWithUs_only() {
        rig.slack.channel("G5", true, SlackRig.MARIA, SlackRig.ADA, FakeSlack.SELF);
        String ts = rig.mention(SlackRig.MARIA, "G5", CALLS, null);
        settled();
        reply("EvG5a", SlackRig.ADA, ts, "thanks all");
        reply("EvG5b", SlackRig.MARIA, ts, "<@U3ADA> look");
        reply("EvG5c", SlackRig.MARIA, ts, "What action items are open for Northwind Freight?");
        Map<String, Object> ours = SlackRig.message("message", FakeSlack.SELF, "G5", "I found", rig.ts(), ts);
        ours.put("channel_type", "group");
        ours.put("bot_id", "B1");
        rig.event("EvG5d", ours);
        settled();

        assertThat(rig.slack.posts("G5")).hasSize(2);
        assertThat(rig.slack.posts("G5").getLast().words()).contains("Send the quote");
    }

    private static void reply(String id, String user, String thread, String text) {
        Map<String, Object> event = SlackRig.message("message", user, "G5", text, rig.ts(), thread);
        event.put("channel_type", "group");
        assertThat(rig.event(id, event).statusCode()).isEqualTo(200);
    }

    @Test
    void strangersGuestsBotsAndUnconfirmed_areToldHowToBeKnown_andNothingElse() {
        rig.slack.user("U9NEW", "nobody@cscx.example");
        rig.slack.user("U9GUEST", "maria@cscx.example").put("is_restricted", true);
        rig.slack.user("U9SINGLE", "maria@cscx.example").put("is_ultra_restricted", true);
        rig.slack.user("U9STRANGER", "maria@cscx.example").put("is_stranger", true);
        rig.slack.user("U9OTHER", "maria@cscx.example").put("team_id", "T2");
        rig.slack.user("U9BOT", "maria@cscx.example").put("is_bot", true);
        rig.slack.user("U9UNCONFIRMED", "maria@cscx.example").put("is_email_confirmed", false);
        rig.slack.user("U9SERVICE", "chat@cscx.example");
        rig.slack.channel("G6", true, SlackRig.MARIA, FakeSlack.SELF);
        List<String> people =
                List.of("U9NEW", "U9GUEST", "U9SINGLE", "U9STRANGER", "U9OTHER", "U9BOT", "U9UNCONFIRMED", "U9SERVICE");

        people.forEach(user -> rig.mention(user, "G6", CALLS, null));

        List<FakeSlack.Call> told = ephemeral("G6");
        assertThat(told).extracting(call -> call.form().get("user")).containsExactlyInAnyOrderElementsOf(people);
        assertThat(told)
                .allSatisfy(call -> assertThat(FakeSlack.words(call.blocks())).isEqualTo(Phrases.UNKNOWN_PERSON));
        assertThat(rig.slack.posts("G6")).isEmpty();
    }

    @Test
    void channelWiderThanThePortfolio_isNotShownTheAnswer_untilItsAskerSharesIt() {
        rig.slack.channel("C7", false, SlackRig.MARIA, SlackRig.TOM, FakeSlack.SELF);
        String ts = rig.mention(SlackRig.MARIA, "C7", CALLS, null);

        FakeSlack.Call shown = ephemeral("C7").getFirst();
        assertThat(shown.form()).containsEntry("user", SlackRig.MARIA).containsEntry("thread_ts", ts);
        assertThat(FakeSlack.words(shown.blocks())).contains("I found 2 calls");
        assertThat(answer("C7").words()).isEqualTo(Phrases.PRIVATELY);

        String share = Objects.requireNonNull(FakeSlack.button(shown.blocks(), "share"));
        rig.click(SlackRig.TOM, "C7", "share", share);
        settled();
        assertThat(rig.slack.posts("C7")).as("Tom may not share it").hasSize(1);

        rig.click(SlackRig.MARIA, "C7", "share", share);
        settled();
        FakeSlack.Post shared = rig.slack.posts("C7").getLast();
        assertThat(shared.thread()).isEqualTo(ts);
        assertThat(shared.words()).isEqualTo(FakeSlack.words(shown.blocks()) + "\n" + Phrases.sharedBy(SlackRig.MARIA));
        assertThat(FakeSlack.button(shared.blocks(), "")).isNull();
    }

    @Test
    void closedChannel_isShownTheAnswer_onlyIfAllMayRead() {
        rig.slack.channel("G8A", true, SlackRig.MARIA, SlackRig.ADA, FakeSlack.SELF);
        rig.slack.channel("G8B", true, SlackRig.MARIA, SlackRig.TOM, FakeSlack.SELF);
        rig.slack
                .channel("G8C", true, SlackRig.MARIA, SlackRig.ADA, FakeSlack.SELF)
                .put("is_ext_shared", true);

        for (String channel : List.of("G8A", "G8B", "G8C")) {
            rig.mention(SlackRig.MARIA, channel, CALLS, null);
        }

        assertThat(answer("G8A").words()).contains("I found 2 calls");
        assertThat(answer("G8B").words()).isEqualTo(Phrases.PRIVATELY);
        assertThat(answer("G8C").words()).isEqualTo(Phrases.PRIVATELY);
        assertThat(ephemeral("G8A")).isEmpty();
        assertThat(ephemeral("G8B")).hasSize(1);
    }

    @Test
    void limitOfTheWebApi_isObeyed_andTheAnswerComesOnce() {
        rig.slack.limit("chat.update", 2);
        long began = System.nanoTime();
        rig.dm(SlackRig.MARIA, "D9", CALLS, null);

        assertThat(answer("D9").words()).contains("I found 2 calls");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(rig.slack.calls("429 chat.update"))
                .as("asked once, then left alone")
                .hasSize(1);
        assertThat(turns("D9")).isEqualTo(1);
    }

    @Test
    void messageThatArrived_butWasNotConfirmed_isFoundAgain() {
        rig.slack.breakOff("chat.postMessage");
        rig.dm(SlackRig.MARIA, "D10", CALLS, null);

        assertThat(answer("D10").words()).contains("I found 2 calls");
    }

    @Test
    void restartBetweenQuestionAndRetry_answersOnce() {
        rig.stopWorking();
        Map<String, Object> event = SlackRig.message("message", SlackRig.MARIA, "D11", CALLS, "11.1", null);
        event.put("channel_type", "im");
        assertThat(rig.event("EvRestart", event).statusCode()).isEqualTo(200);
        rig.stop();
        rig.start(null);
        assertThat(rig.event("EvRestart", event).statusCode()).isEqualTo(200);

        assertThat(answer("D11").words()).contains("I found 2 calls");
        assertThat(turns("D11")).isEqualTo(1);
    }

    @Test
    void command_isAcknowledgedWithAWord_andAnsweredThere() {
        HttpResponse<String> acknowledged = rig.command(SlackRig.MARIA, "C12", CALLS);
        settled();

        assertThat(acknowledged.body()).contains(Phrases.THINKING).contains("ephemeral");
        List<FakeSlack.Call> answers = responses("C12");
        assertThat(answers).hasSize(1);
        assertThat(FakeSlack.words(answers.getFirst().blocks())).contains("I found 2 calls");
        assertThat(answers.getFirst().form()).containsEntry("replace_original", "true");
        assertThat(rig.slack.posts("C12")).isEmpty();
    }

    private static List<FakeSlack.Call> responses(String channel) {
        return rig.slack.calls("response_url").stream()
                .filter(call -> ("/respond/" + channel).equals(call.form().get("channel")))
                .toList();
    }

    @Test
    void proposedChange_isMadeOnce_byAClickOfItsAsker() {
        rig.dm(SlackRig.MARIA, "D13", "Create a task for Northwind Freight: send the contract", null);
        JsonNode proposal = answer("D13").blocks();
        String value = Objects.requireNonNull(FakeSlack.button(proposal, "confirm"));

        rig.click(SlackRig.MARIA, "D13", "confirm", value);
        rig.click(SlackRig.MARIA, "D13", "confirm", value);
        rig.click(SlackRig.TOM, "D13", "confirm", value);
        settled();

        assertThat(tasks("contract")).isEqualTo(1);
        assertThat(rig.slack.posts("D13").get(1).words()).startsWith("Done.");
    }

    @Test
    void declinedChange_isNotMade() {
        rig.dm(SlackRig.MARIA, "D14", "Create a task for Northwind Freight: send the brochure", null);
        String value = Objects.requireNonNull(FakeSlack.button(answer("D14").blocks(), "decline"));

        rig.click(SlackRig.MARIA, "D14", "decline", value);
        settled();
        rig.click(SlackRig.MARIA, "D14", "confirm", value);
        settled();

        assertThat(tasks("brochure")).isZero();
    }

    @Test
    void suggestion_isAskedByAClick() {
        rig.dm(SlackRig.MARIA, "D15", CALLS, null);
        String value = Objects.requireNonNull(FakeSlack.button(answer("D15").blocks(), "choice-s0"));

        rig.click(SlackRig.MARIA, "D15", "choice-s0", value);
        settled();

        assertThat(rig.slack.posts("D15")).hasSize(2);
        assertThat(rig.slack.posts("D15").get(1).words()).contains("Send the quote");
    }

    @Test
    void homeTab_showsOpenItems() {
        rig.event("EvHome", Map.of("type", "app_home_opened", "user", SlackRig.MARIA, "channel", "D16", "tab", "home"));
        settled();

        FakeSlack.Call home = rig.slack.calls("views.publish").getLast();
        assertThat(home.form()).containsEntry("user_id", SlackRig.MARIA);
        assertThat(FakeSlack.words(
                        FakeSlack.tree(home.form().getOrDefault("view", "{}")).path("blocks")))
                .contains("*My open items*", "Send the quote", "*Alerts of my saved searches*");
    }

    @Test
    void answers_areNotKept_besideTheConversation() {
        rig.dm(SlackRig.MARIA, "D17", CALLS, null);
        settled();

        List<String> bodies = rig.http.database.read(handle -> handle.createQuery(
                        "SELECT body || coalesce(response_url, '') FROM chorus_slack_requests WHERE kind <> 'page'")
                .mapTo(String.class)
                .list());
        assertThat(bodies).isNotEmpty().containsOnly("");
    }

    @Test
    void burstOfEvents_isAcknowledged_whileWorkIsUnderWay() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            Map<String, Object> event = SlackRig.message("message", SlackRig.MARIA, "D18", "help", rig.ts(), null);
            event.put("channel_type", "im");
            assertThat(rig.event("EvBurst" + i, event).statusCode()).isEqualTo(200);
            millis.add((System.nanoTime() - began) / 1_000_000);
        }

        assertThat(millis).allSatisfy(took -> assertThat(took).isLessThan(3_000));
        settled();
        assertThat(rig.slack.posts("D18")).hasSize(20);
    }

    private static long turns(String channel) {
        return rig.http.database.read(handle -> handle.createQuery("""
                        SELECT count(*) FROM chorus_messages m JOIN chorus_slack_threads t ON t.conversation = m.conversation_id
                        WHERE t.channel = :channel
                        """)
                .bind("channel", channel)
                .mapTo(Long.class)
                .one());
    }

    private static long tasks(String word) {
        return rig.http.database.read(handle -> handle.createQuery("SELECT count(*) FROM tasks WHERE title ILIKE :word")
                .bind("word", "%" + word + "%")
                .mapTo(Long.class)
                .one());
    }
}
