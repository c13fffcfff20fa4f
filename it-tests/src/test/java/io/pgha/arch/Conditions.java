package io.pgha.arch;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Conditions that ArchUnit does not bring. */
final class Conditions {
    private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

    private Conditions() {}

    /** Records, enums, interfaces; final classes and exceptions with final fields only. */
    static ArchCondition<JavaClass> beImmutableByShape() {
        return condition("be a record, an enum, an interface, or a final class", (type, events) -> {
            boolean shape = type.isRecord()
                    || type.isEnum()
                    || type.isInterface()
                    || type.isAssignableTo(Enum.class)
                    || type.isAssignableTo(Throwable.class)
                    || type.getModifiers().contains(JavaModifier.FINAL);
            if (!shape) {
                events.add(violated(type, type.getName() + " is none of these"));
            }
        });
    }

    /** Accessors are named after what they give; only what a library prescribes may be called {@code getX}. */
    static ArchCondition<JavaClass> haveNoGetters() {
        return condition(
                "have no accessors that start with get",
                (type, events) -> type.getMethods().stream()
                        .filter(method -> GETTER.matcher(method.getName()).matches())
                        .filter(method -> method.getRawParameterTypes().isEmpty())
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(Predicate.not(Conditions::isPrescribed))
                        .forEach(method -> events.add(violated(type, method.getFullName()))));
    }

    /** The package has a {@code package-info} that says {@code @NullMarked}. */
    static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return condition("reside in a package whose package-info is @NullMarked", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                events.add(violated(type, type.getPackageName() + " (of " + type.getSimpleName() + ")"));
            }
        });
    }

    private static boolean isPrescribed(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return java.util.stream.Stream.concat(
                        owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(parent -> !parent.getPackageName().startsWith("io.pgha"))
                .anyMatch(parent -> parent.getAllMethods().stream()
                        .anyMatch(inherited -> inherited.getName().equals(method.getName())));
    }

    private static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.check(type, events);
            }
        };
    }

    private interface Check {
        void check(JavaClass type, ConditionEvents events);
    }
}
