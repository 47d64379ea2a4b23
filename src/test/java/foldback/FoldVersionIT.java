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
        try (RunningJar service = RunningJar.start(dataDir, Map.of("FOLDBACK_FOLD_REOPEN_WITHIN", "10m"))
                .up()) {
            assertTrue(service.output().contains("foldback.fold.reopen-within=PT10M"), service::output);
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
        }
    }

    private static ValidatableResponse post(RunningJar service, String state, int timestamp) {
        return given().contentType("text/plain")
                .body("userId=1&ruleId=flapping&dimensions={n=1}&alertState=" + state + "&timestamp=" + timestamp)
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
