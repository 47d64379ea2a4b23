package foldback.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Callbacks as CloudMonitor sends them today, ready to be posted: number n is about stream n modulo {@code streams}, counted from {@code
 * base}, which opens and resolves an incident in turn. A request is a template whose numbers are overwritten in place, so that making it costs the generator
 * next to nothing.
 */
final class Traffic {
    enum Shape {
        FORM,
        JSON
    }

    private static final String FORM = "lastTime=0%E5%88%86%E9%92%9F&rawMetricName=cpu_total"
            + "&expression=%24Average+%3E%3D+80&metricName=%28Agent%29cpu.total&instanceName=web-prod-#STREAM#"
            + "&signature=P5CymypYos3Fptcj5YQmsnjWx00%3D&transId=#TRANSID#&groupId=null&regionName=%E5%8D%8E%E4%B8%9C1"
            + "&productGroupName=null&metricProject=acs_ecs&userId=1098765432101234&curValue=#V.V#&unit=%25"
            + "&alertName=ECS_CPU%E4%BD%BF%E7%94%A8%E7%8E%87%E8%BF%87%E9%AB%98&regionId=cn-hangzhou"
            + "&namespace=acs_ecs_dashboard&triggerLevel={level}&alertState={state}&preTriggerLevel={previous}"
            + "&ruleId=putNewAlarm_user_5f0c2d3e-8a41-4c7b-9a77-6d0e8f1a2b3c"
            + "&dimensions=%7BinstanceId%3Di-bp1examp1e#STREAM#%2C+userId%3D1098765432101234%7D&timestamp=#TIMESTAMP#";

    private static final String JSON = """
            {"lastTime":"0分钟","rawMetricName":"cpu_total","expression":"$Average >= 80","metricName":"(Agent)cpu.total",\
            "instanceName":"web-prod-#STREAM#","signature":"P5CymypYos3Fptcj5YQmsnjWx00=","transId":"#TRANSID#",\
            "groupId":null,"regionName":"华东1","productGroupName":null,"metricProject":"acs_ecs",\
            "userId":"1098765432101234","curValue":"#V.V#","unit":"%","alertName":"ECS_CPU使用率过高",\
            "regionId":"cn-hangzhou","namespace":"acs_ecs_dashboard","triggerLevel":"{level}","alertState":"{state}",\
            "preTriggerLevel":{previous},"ruleId":"putNewAlarm_user_5f0c2d3e-8a41-4c7b-9a77-6d0e8f1a2b3c",\
            "dimensions":{"instanceId":"i-bp1examp1e#STREAM#","userId":"1098765432101234"},"timestamp":#TIMESTAMP#}""";

    /** The signals of a stream are this far apart. */
    private static final long STEP_MILLIS = 60_000;

    private static final long GREGORIAN_TO_UNIX_MILLIS = 12_219_292_800_000L;

    private enum Slot {
        STREAM("#STREAM#", '\u0001', 8),
        TRANS_ID("#TRANSID#", '\u0002', 36),
        VALUE("#V.V#", '\u0003', 4),
        TIMESTAMP("#TIMESTAMP#", '\u0004', 13);

        private final String mark;
        private final char filler;
        private final int width;

        Slot(String mark, char filler, int width) {
            this.mark = mark;
            this.filler = filler;
            this.width = width;
        }
    }

    private record Place(Slot slot, int at) {}

    private static final class Template {
        private final byte[] bytes;
        private final List<Place> places;

        Template(byte[] bytes, List<Place> places) {
            this.bytes = bytes;
            this.places = places;
        }
    }

    private final int base;
    private final int streams;
    private final long fromMillis;
    private final Template alert;
    private final Template ok;

    Traffic(Shape shape, int base, int streams, long fromMillis) {
        this.base = base;
        this.streams = streams;
        this.fromMillis = fromMillis;
        String body = shape == Shape.FORM ? FORM : JSON;
        String warn = shape == Shape.FORM ? "WARN" : "\"WARN\"";
        this.alert = request(shape, body.replace("{state}", "ALERT").replace("{level}", "WARN"), "null");
        this.ok = request(shape, body.replace("{state}", "OK").replace("{level}", "OK"), warn);
    }

    private static Template request(Shape shape, String text, String previous) {
        Template body = template(text.replace("{previous}", previous));
        String type = shape == Shape.FORM ? "application/x-www-form-urlencoded; charset=UTF-8" : "application/json";
        byte[] head = ("POST /callbacks/local HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + body.bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.bytes.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body.bytes, 0, all, head.length, body.bytes.length);
        List<Place> places = body.places.stream()
                .map(place -> new Place(place.slot, place.at + head.length))
                .toList();
        return new Template(all, places);
    }

    private static Template template(String text) {
        String filled = text;
        for (Slot slot : Slot.values()) {
            filled = filled.replace(slot.mark, String.valueOf(slot.filler).repeat(slot.width));
        }
        byte[] bytes = filled.getBytes(StandardCharsets.UTF_8);
        List<Place> places = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            for (Slot slot : Slot.values()) {
                if (bytes[at] == slot.filler) {
                    places.add(new Place(slot, at));
                    at += slot.width - 1;
                }
            }
        }
        return new Template(bytes, places);
    }

    /** Puts the whole request of callback number n. */
    void put(long n, ByteBuffer into) {
        long stream = n % streams;
        long turn = n / streams;
        Template template = turn % 2 == 0 ? alert : ok;
        int start = into.position();
        into.put(template.bytes);
        for (Place place : template.places) {
            fill(into, start + place.at, place.slot, stream, turn);
        }
    }

    private void fill(ByteBuffer into, int at, Slot slot, long stream, long turn) {
        long occurred = fromMillis + turn * STEP_MILLIS + stream;
        switch (slot) {
            case STREAM -> decimal(into, at, base + stream, 8);
            case TIMESTAMP -> decimal(into, at, occurred, 13);
            case VALUE -> {
                decimal(into, at, 10 + (stream + turn) % 90, 2);
                into.put(at + 2, (byte) '.');
                decimal(into, at + 3, stream % 10, 1);
            }
            case TRANS_ID -> transId(into, at, stream, turn % 2 == 0 ? occurred : occurred - STEP_MILLIS);
        }
    }

    /** A UUID of version 1, minted when the alert began: its time in 100 ns, low part first, then the node. */
    private static void transId(ByteBuffer into, int at, long stream, long beganMillis) {
        long ticks = (beganMillis + GREGORIAN_TO_UNIX_MILLIS) * 10_000;
        hex(into, at, ticks, 8);
        into.put(at + 8, (byte) '-');
        hex(into, at + 9, ticks >>> 32, 4);
        into.put(at + 13, (byte) '-');
        hex(into, at + 14, 0x1000 | (ticks >>> 48 & 0xFFF), 4);
        into.put(at + 18, (byte) '-');
        hex(into, at + 19, 0x9456, 4);
        into.put(at + 23, (byte) '-');
        hex(into, at + 24, stream, 12);
    }

    private static void decimal(ByteBuffer into, int at, long value, int width) {
        long rest = value;
        for (int i = width - 1; i >= 0; i--) {
            into.put(at + i, (byte) ('0' + (rest % 10)));
            rest /= 10;
        }
    }

    private static void hex(ByteBuffer into, int at, long value, int width) {
        for (int i = 0; i < width; i++) {
            int digit = (int) (value >>> (4 * (width - 1 - i))) & 0xF;
            into.put(at + i, (byte) Character.forDigit(digit, 16));
        }
    }
}
