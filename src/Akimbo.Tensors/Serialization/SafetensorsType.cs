namespace Akimbo.Tensors.Serialization;

/// <summary>The names of element types in the header of a safetensors file.</summary>
internal static class SafetensorsType
{
    /// <summary>The key of the free-form strings among the tensors of a header.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>The type called <paramref name="name"/>, or null for one that is not read.</summary>
    public static ElementType? Parse(string name) => name switch
    {
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "F32" => ElementType.Float32,
        "F64" => ElementType.Float64,
        "I8" => ElementType.Int8,
        "I16" => ElementType.Int16,
        "I32" => ElementType.Int32,
        "I64" => ElementType.Int64,
        "U8" => ElementType.UInt8,
        "U16" => ElementType.UInt16,
        "U32" => ElementType.UInt32,
        "U64" => ElementType.UInt64,
        "BOOL" => ElementType.Bool,
        _ => null,
    };

    /// <summary>The name of a type.</summary>
    public static string Format(ElementType type) => type switch
    {
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Float32 => "F32",
        ElementType.Float64 => "F64",
        ElementType.Int8 => "I8",
        ElementType.Int16 => "I16",
        ElementType.Int32 => "I32",
        ElementType.Int64 => "I64",
        ElementType.UInt8 => "U8",
        ElementType.UInt16 => "U16",
        ElementType.UInt32 => "U32",
        ElementType.UInt64 => "U64",
        ElementType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This is not an element type."),
    };
}
