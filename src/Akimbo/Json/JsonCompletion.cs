using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Akimbo.Tensors.Text;

namespace Akimbo.Json;

/// <summary>
/// Checks the keys of a JSON object that people write, and fills in what it leaves out. The generated deserializer would take
/// zeros for that: it does not run the initializers of init-only properties.
/// </summary>
/// <param name="typeOf">What is known of a type, from the generated context.</param>
/// <param name="defaultsOf">The values of what an object of a type may leave out; null where it may leave out nothing.</param>
internal sealed class JsonCompletion(Func<Type, JsonTypeInfo> typeOf, Func<Type, JsonObject?> defaultsOf)
{
    /// <summary>The object with everything that has a default, type discriminators first.</summary>
    /// <param name="given">What was written.</param>
    /// <param name="type">What it describes.</param>
    /// <exception cref="JsonException">A key is unknown or missing; the message gives its path and the nearest known key.</exception>
    public JsonObject Complete(JsonObject given, Type type) => Complete(given, typeOf(type), defaults: null, path: "");

    private JsonObject Complete(JsonObject given, JsonTypeInfo type, JsonObject? defaults, string path)
    {
        var complete = new JsonObject();
        string? discriminator = null;
        if (type.PolymorphismOptions is { } polymorphism)
        {
            discriminator = polymorphism.TypeDiscriminatorPropertyName;
            type = Chosen(given, polymorphism, path);
            complete[discriminator] = given[discriminator]!.DeepClone();
            if (defaults is not null && !JsonNode.DeepEquals(defaults[discriminator], given[discriminator])) defaults = null;
        }

        string[] known = [.. type.Properties.Select(property => property.Name)];
        foreach (var (key, _) in given)
            if (key != discriminator && !known.Contains(key))
                throw new JsonException($"The key '{path}{key}' is unknown.{NearestNames.Suggest(key, known)}");

        defaults ??= defaultsOf(type.Type);
        foreach (JsonPropertyInfo property in type.Properties)
        {
            string name = property.Name;
            JsonNode? byDefault = defaults?[name];
            if (!given.TryGetPropertyValue(name, out JsonNode? value))
            {
                if (defaults?.ContainsKey(name) == true) complete[name] = byDefault?.DeepClone();
                else if (property.IsRequired) throw new JsonException($"The key '{path}{name}' is missing.");
            }
            else
            {
                complete[name] = value switch
                {
                    JsonObject inner when IsObject(property.PropertyType, out JsonTypeInfo innerType) => Complete(inner, innerType, byDefault as JsonObject, $"{path}{name}."),
                    JsonArray items when ElementsOf(property.PropertyType) is { } element => CompleteAll(items, element, $"{path}{name}."),
                    _ => value?.DeepClone(),
                };
            }
        }

        return complete;
    }

    private JsonArray CompleteAll(JsonArray items, JsonTypeInfo type, string path) =>
        [.. items.Select((item, i) => item is JsonObject inner ? Complete(inner, type, defaults: null, $"{path}{i}.") : item?.DeepClone())];

    private JsonTypeInfo Chosen(JsonObject given, JsonPolymorphismOptions polymorphism, string path)
    {
        string key = polymorphism.TypeDiscriminatorPropertyName;
        string[] known = [.. polymorphism.DerivedTypes.Select(derived => (string)derived.TypeDiscriminator!)];
        if (given[key] is not JsonValue value || !value.TryGetValue(out string? chosen))
            throw new JsonException($"The key '{path}{key}' is missing; it is one of {string.Join(", ", known)}.");
        int index = Array.IndexOf(known, chosen);
        return index >= 0
            ? typeOf(polymorphism.DerivedTypes[index].DerivedType)
            : throw new JsonException($"'{path}{key}' is '{chosen}'; it is one of {string.Join(", ", known)}.{NearestNames.Suggest(chosen, known)}");
    }

    /// <summary>What a list of objects holds; null for other types.</summary>
    private JsonTypeInfo? ElementsOf(Type type) =>
        typeOf(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && IsObject(element, out JsonTypeInfo info) ? info : null;

    private bool IsObject(Type type, out JsonTypeInfo info)
    {
        info = typeOf(type);
        return info.Kind == JsonTypeInfoKind.Object;
    }
}
