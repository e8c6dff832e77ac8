using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Akimbo.Testing;

/// <summary>The public surface of an assembly as text, one line a member, so that every change to it shows in a review.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All public types and their public and protected members, sorted.</summary>
    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(NameOf, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{KindOf(type)} {NameOf(type)}{BaseOf(type)}\n");
            if (type.IsEnum)
                text.AppendJoin("", Enum.GetNames(type).Select(name => $"    {name}\n"));
            else
                text.AppendJoin("", MembersOf(type).Order(StringComparer.Ordinal).Select(member => $"    {member}\n"));
        }

        return text.ToString();
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
            yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{NameOf(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {Invariant(field.GetRawConstantValue())}" : "")}";
        foreach (var property in type.GetProperties(Declared).Where(property => IsVisible(property.GetMethod) || IsVisible(property.SetMethod)))
            yield return Property(property);
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return $"new({Parameters(constructor)})";
        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !IsCompilerMade(method)))
            yield return $"{Modifier(method)}{NameOf(method.ReturnType)} {method.Name}{Arguments(method.GetGenericArguments())}({Parameters(method)})";
    }

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetMethod ?? property.SetMethod!;
        string set = !IsVisible(property.SetMethod) ? "" :
            property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        string index = property.GetIndexParameters().Length == 0 ? "" : $"[{string.Join(", ", property.GetIndexParameters().Select(p => NameOf(p.ParameterType)))}]";
        return $"{Modifier(accessor)}{NameOf(property.PropertyType)} {property.Name}{index} {{{(IsVisible(property.GetMethod) ? " get;" : "")}{set} }}";
    }

    private static bool IsVisible(MethodBase? method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsCompilerMade(MethodInfo method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) || (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static string Modifier(MethodInfo method) =>
        (method.IsFamily ? "protected " : "") + (method.IsStatic ? "static " : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract " : "");

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{NameOf(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {Invariant(p.DefaultValue)}" : "")}"));

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" :
        type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string BaseOf(Type type)
    {
        var bases = new List<Type>();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)) bases.Add(parent);
        if (!type.IsEnum) bases.AddRange(type.GetInterfaces().Where(i => i.IsPublic && !i.Name.StartsWith("IEquatable", StringComparison.Ordinal)).OrderBy(NameOf, StringComparer.Ordinal));
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases.Select(NameOf))}";
    }

    private static string NameOf(Type type)
    {
        if (type.IsByRef) return $"ref {NameOf(type.GetElementType()!)}";
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsGenericParameter) return type.Name;
        string name = type.IsNested ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : type.Namespace is "System" or "System.Collections.Generic" ? type.Name : $"{type.Namespace}.{type.Name}";
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return (tick < 0 ? name : name[..tick]) + Arguments(type.GetGenericArguments());
    }

    private static string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(NameOf))}>";

    private static string Invariant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
