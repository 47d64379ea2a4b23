package foldback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.RunningJar;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed reopen-within is reported at start, changes nothing by itself, and takes effect by a rebuild. */
class FoldVersionIT {
    private static final String EPISODE = "aa759e00-f8a2-11ef-9456-00163e1a2b3c";

    @TempDir
    Path home;

    @Test
    void reopenWithinTakesEffectByARebuildOnly() throws Exception {
        Path dataDir = home.resolve("data");
        try (RunningJar service = RunningJar.start(dataDir, Map.of()).up()) {
            post(service, "ALERT", 1_741_054_000);
            post(service, "OK", 1_741_054_600);
            post(service, "ALERT", 1_741_054_900).body("events[0].effect", equalTo("opened"));
            incidents(service).body("items", hasSize(2));
            assertFalse(service.output().contains("fold version"), service::output);
        }
        try (RunningJar service = RunningJar.start(dataDir, Map.of("FOLDBACK_FOLD_REOPEN_WITHIN", "20m"))
                .up()) {
            assertTrue(service.output().contains("foldback.fold.reopen-within=PT20M"), service::output);
            post(service, "OK", 1_741_055_000).body("events[0].effect", equalTo("resolved"));
            post(service, "ALERT", 1_741_055_100).body("events[0].effect", equalTo("opened"));
            incidents(service).body("items", hasSize(3));
            given().post(url(service, "/api/rebuild")).then().statusCode(202);
            Await.until("the rebuild is finished", Duration.ofSeconds(30), () -> "finished"
                    .equals(given().get(url(service, "/api/rebuild"))
                            .then()
                            .extract()
                            .path("state")));
            incidents(service).body("items", hasSize(1)).body("items[0].reopenCount", equalTo(2));
            post(service, "OK", 1_741_055_200);
            post(service, "ALERT", 1_741_055_300).body("events[0].effect", equalTo("reopened"));
            reopeningsAreFlapsWithinTenMinutes(service);
        }
    }

    private static void reopeningsAreFlapsWithinTenMinutes(RunningJar service) {
        post(service, "OK", 1_741_055_400);
        post(service, "OK", 1_741_055_500).body("events[0].effect", equalTo("none"));
        post(service, "ALERT", 1_741_056_100).body("events[0].effect", equalTo("reopened"));
        post(service, "OK", 1_741_056_200);
        // The episode of this one began at 1,741,056,300: an outage of which only the end was seen.
        post(service, "OK", 1_741_056_500, "&preTriggerLevel=WARN&transId=" + EPISODE)
                .body("events[0].effect", equalTo("resolved"));
        incidents(service).body("items", hasSize(1)).body("items[0].reopenCount", equalTo(5));
        String march = "/api/reports/noise?since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z";
        given().get(url(service, march))
                .then()
                .statusCode(200)
                .body("rows[0].alerts", equalTo(5))
                .body("rows[0].incidents", equalTo(1))
                .body("rows[0].flaps", equalTo(3))
                .body("rows[0].strays", equalTo(1));
        // 1,741,055,150 to 1,741,055,450
        String within = "/api/reports/noise?cohort=overlaps&since=2025-03-04T02:25:50Z&until=2025-03-04T02:30:50Z";
        given().get(url(service, within))
                .then()
                .statusCode(200)
                .body("rows[0].alerts", equalTo(1))
                .body("rows[0].strays", equalTo(0));
    }

    private static ValidatableResponse post(RunningJar service, String state, int timestamp) {
        return post(service, state, timestamp, "");
    }

    private static ValidatableResponse post(RunningJar service, String state, int timestamp, String more) {
        return given().contentType("text/plain")
                .body("userId=1&ruleId=flapping&dimensions={n=1}&alertState=" + state + "&timestamp=" + timestamp
                        + more)
                .post(url(service, "/callbacks/local"))
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse incidents(RunningJar service) {
        return given().get(url(service, "/api/incidents")).then().statusCode(200);
    }

    private static String url(RunningJar service, String path) {
        return "http://127.0.0.1:" + service.port() + path;
    }
}
