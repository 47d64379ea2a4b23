package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.Rule;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A token that is used more often than it may be. */
@QuarkusTest
@TestProfile(RateLimitedIT.OneASecond.class)
@WithTestResource(PostgresResource.class)
class RateLimitedIT {
    private static final int MOST = 1000;

    public static final class OneASecond implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("foldback.access.rates.local", "1");
        }
    }

    private final Rule rule = new Rule();

    @Inject
    DataSource database;

    @Test
    void isToldWhenToSendAgainAndNothingOfItIsKept() throws Exception {
        Asked asked = new Asked(Contract.served());
        int accepted = 0;
        Response answer = send(asked, accepted);
        while (answer.statusCode() == 200 && accepted < MOST) {
            accepted++;
            answer = send(asked, accepted);
        }
        assertEquals(429, answer.statusCode(), answer.asString());
        assertEquals("urn:foldback:problem:rate-limited", answer.path("type"));
        int seconds = Integer.parseInt(answer.header("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 2, "after " + seconds);
        assertEquals(
                200, given().get("/callbacks/local").statusCode(), "whether the URL works may be asked all the same");
        Thread.sleep(seconds * 1000L);
        assertEquals(200, send(asked, accepted).statusCode());
        assertEquals(List.of(Integer.toString(accepted + 1)), Sql.rows(database, """
                select count(*) from events e join streams s using (stream_id) where s.rule_id = '%s'
                """.formatted(rule.id)));
    }

    private Response send(Asked asked, int number) {
        String body =
                "{\"ruleId\":\"%s\",\"alertState\":\"ALERT\",\"timestamp\":%d}".formatted(rule.id, 1741054000 + number);
        return asked.json("POST /callbacks/{token}", "/callbacks/local", body);
    }
}
