namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>What calling a global means; nothing but the members of this list is ever done.</summary>
internal enum PickleCall
{
    /// <summary>Named only: it cannot be called.</summary>
    None,
    Dictionary,
    DefaultDictionary,
    List,
    Tuple,
    Bytes,
    CodecsEncode,
    Device,
    Tensor,
    TensorOfType,
    Parameter,
    NumpyDType,
    NumpyScalar,
}

/// <summary>A class or function of Python that a checkpoint may name.</summary>
/// <param name="Module">The module, such as <c>torch._utils</c>.</param>
/// <param name="Name">The name in the module, such as <c>_rebuild_tensor_v2</c>.</param>
/// <param name="Call">What calling it means.</param>
/// <param name="Storage">The type of the elements, where it is a class of storages.</param>
internal sealed record PickleGlobal(string Module, string Name, PickleCall Call, ElementType? Storage = null)
{
    /// <summary>
    /// The global of that name, if it is on the list; null for every other. The list is that of the containers,
    /// tensors and scalars that <c>torch.save</c> writes for state dicts and the numbers beside them
    /// (compare <c>torch/_weights_only_unpickler.py</c>).
    /// </summary>
    public static PickleGlobal? Find(string module, string name)
    {
        PickleGlobal Calls(PickleCall call) => new(module, name, call);

        return (module, name) switch
        {
            ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2") => Calls(PickleCall.Tensor),
            ("torch._utils", "_rebuild_tensor_v3") => Calls(PickleCall.TensorOfType),
            ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state") => Calls(PickleCall.Parameter),
            ("torch", "Size") => Calls(PickleCall.Tuple),
            ("torch", "device") => Calls(PickleCall.Device),
            ("collections", "OrderedDict" or "Counter") => Calls(PickleCall.Dictionary),
            ("collections", "defaultdict") => Calls(PickleCall.DefaultDictionary),
            ("builtins" or "__builtin__", "dict") => Calls(PickleCall.Dictionary),
            ("builtins" or "__builtin__", "set" or "frozenset" or "list") => Calls(PickleCall.List),
            ("builtins" or "__builtin__", "tuple") => Calls(PickleCall.Tuple),
            ("builtins" or "__builtin__", "bytes" or "bytearray") => Calls(PickleCall.Bytes),
            ("builtins" or "__builtin__", "int" or "long" or "float" or "bool" or "str") => Calls(PickleCall.None),
            ("_codecs", "encode") => Calls(PickleCall.CodecsEncode),
            ("numpy", "dtype") => Calls(PickleCall.NumpyDType),
            ("numpy.core.multiarray" or "numpy._core.multiarray", "scalar") => Calls(PickleCall.NumpyScalar),
            ("torch" or "torch.cuda" or "torch.storage", _) when StorageType(name) is { } type =>
                new PickleGlobal(module, name, PickleCall.None, type),
            ("torch", _) when ElementTypeOf(name) is not null || OtherTypes.Contains(name) => Calls(PickleCall.None),
            _ => null,
        };
    }

    /// <summary>The types of <c>torch</c> whose name may stand in a checkpoint though their tensors are not read.</summary>
    private static readonly string[] OtherTypes =
        ["complex32", "complex64", "complex128", "qint8", "quint8", "qint32", "float8_e4m3fn", "float8_e5m2", "strided", "contiguous_format", "preserve_format", "channels_last"];

    /// <summary>The element type that PyTorch calls <c>torch.</c><paramref name="name"/>; null for any other name.</summary>
    public static ElementType? ElementTypeOf(string name) => name switch
    {
        "float16" or "half" => ElementType.Float16,
        "bfloat16" => ElementType.BFloat16,
        "float32" or "float" => ElementType.Float32,
        "float64" or "double" => ElementType.Float64,
        "int8" => ElementType.Int8,
        "int16" or "short" => ElementType.Int16,
        "int32" or "int" => ElementType.Int32,
        "int64" or "long" => ElementType.Int64,
        "uint8" => ElementType.UInt8,
        "uint16" => ElementType.UInt16,
        "uint32" => ElementType.UInt32,
        "uint64" => ElementType.UInt64,
        "bool" => ElementType.Bool,
        _ => null,
    };

    /// <summary>The full name, as in Python.</summary>
    public override string ToString() => $"{Module}.{Name}";

    private static ElementType? StorageType(string name) => name switch
    {
        "HalfStorage" => ElementType.Float16,
        "BFloat16Storage" => ElementType.BFloat16,
        "FloatStorage" => ElementType.Float32,
        "DoubleStorage" => ElementType.Float64,
        "CharStorage" => ElementType.Int8,
        "ShortStorage" => ElementType.Int16,
        "IntStorage" => ElementType.Int32,
        "LongStorage" => ElementType.Int64,
        "ByteStorage" or "UntypedStorage" or "_UntypedStorage" => ElementType.UInt8,
        "BoolStorage" => ElementType.Bool,
        _ => null,
    };
}
