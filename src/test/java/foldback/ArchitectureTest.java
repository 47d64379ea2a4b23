package foldback;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The directions of the house. The packages are the way of a callback; who may look at whom is this table. */
class ArchitectureTest {
    private static final JavaClasses FOLDBACK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("foldback");

    /** What each package may see of the others. */
    private static final Map<String, Set<String>> SEES = Map.ofEntries(
            Map.entry("fold", Set.of()),
            Map.entry("problem", Set.of("database")),
            Map.entry("database", Set.of()),
            Map.entry("disk", Set.of()),
            Map.entry("embedded", Set.of("disk")),
            Map.entry("search", Set.of()),
            Map.entry("listing", Set.of("database", "fold", "problem", "search")),
            Map.entry("export", Set.of("problem", "listing")),
            Map.entry("access", Set.of("problem")),
            Map.entry("ledger", Set.of("database", "fold", "disk", "search")),
            Map.entry("spool", Set.of("ledger", "database", "disk")),
            Map.entry("repetition", Set.of("ledger", "problem", "listing")),
            Map.entry(
                    "callback",
                    Set.of(
                            "repetition",
                            "spool",
                            "ledger",
                            "database",
                            "fold",
                            "access",
                            "problem",
                            "listing",
                            "search",
                            "export")),
            Map.entry(
                    "incident",
                    Set.of("repetition", "ledger", "fold", "access", "problem", "listing", "search", "export")),
            Map.entry(
                    "history",
                    Set.of(
                            "incident",
                            "callback",
                            "repetition",
                            "ledger",
                            "fold",
                            "access",
                            "problem",
                            "listing",
                            "search",
                            "export")),
            Map.entry("report", Set.of("incident", "ledger", "access", "problem", "listing", "export")),
            Map.entry("web", Set.of("report", "incident", "ledger", "access", "listing", "export")),
            Map.entry("live", Set.of("incident", "ledger", "database", "access", "problem", "listing")),
            Map.entry(
                    "ops",
                    Set.of(
                            "history",
                            "incident",
                            "callback",
                            "repetition",
                            "spool",
                            "ledger",
                            "database",
                            "fold",
                            "access",
                            "problem",
                            "listing",
                            "search",
                            "export")));

    @TestFactory
    Stream<DynamicTest> directions() {
        return SEES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey() + " sees " + entry.getValue(), () -> sees(entry.getKey(), entry.getValue())));
    }

    private static void sees(String name, Set<String> others) {
        String[] allowed = Stream.concat(Stream.of(name), others.stream())
                .map(other -> "foldback." + other + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> others_ =
                resideInAPackage("foldback..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
        check(noClasses()
                .that()
                .resideInAPackage("foldback." + name + "..")
                .should()
                .dependOnClassesThat(others_)
                .because("a package that sees what lies behind it in the pipeline can be read and changed alone"));
    }

    @Test
    void everyPackageHasItsPlaceInTheTable() {
        Set<String> packages = new java.util.TreeSet<>();
        FOLDBACK.forEach(type -> packages.add(type.getPackageName()));
        packages.remove("foldback");
        packages.removeIf(name -> SEES.containsKey(name.substring("foldback.".length())));
        org.junit.jupiter.api.Assertions.assertEquals(Set.of(), packages);
    }

    @Test
    void theCoreIsPure() {
        check(classes()
                .that()
                .resideInAPackage("foldback.fold..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "foldback.fold..",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.math..",
                        "java.io..",
                        "java.nio..",
                        "java.security..",
                        "org.jspecify.."))
                .because("the same events must give the same incidents on every replica, live or rebuilt"));
    }

    @Test
    void pagesFindNothingOut() {
        check(noClasses()
                .that()
                .resideInAPackage("foldback.web..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "jakarta.transaction..",
                        "java.sql..",
                        "javax.sql.."))
                .because("a page says what the API says: it asks the same questions, and has no query of its own"));
    }

    @Test
    void pagesAreOnTop() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("foldback.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("foldback.web..")
                .because("a page can be made anew, or taken away, and nothing else changes"));
    }

    @Test
    void timeIsHandedIn() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("foldback.ops.SystemClock")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a clock that is injected can be moved by a test"));
    }

    @Test
    void noCycles() {
        check(slices().matching("foldback.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle is one package in two folders"));
    }

    @Test
    void everyResourceMethodDeclaresItsRole() {
        check(methods()
                .that()
                .areAnnotatedWith(GET.class)
                .or()
                .areAnnotatedWith(POST.class)
                .or()
                .areAnnotatedWith(PUT.class)
                .or()
                .areAnnotatedWith(PATCH.class)
                .or()
                .areAnnotatedWith(DELETE.class)
                .should()
                .beAnnotatedWith(RolesAllowed.class)
                .orShould()
                .beAnnotatedWith(PermitAll.class)
                .because("who may do what is read beside what is done, and nothing is open by oversight"));
    }

    private static void check(ArchRule rule) {
        rule.check(FOLDBACK);
    }
}
