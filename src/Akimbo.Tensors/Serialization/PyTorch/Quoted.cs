namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>Shows text from a file in a message: short, on one line, without control characters.</summary>
internal static class Quoted
{
    private const int MaxLength = 120;

    public static string Text(string text)
    {
        string cut = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        return $"'{string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '�' : c))}'";
    }

    /// <summary>What kind of Python object a value of the pickle is.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or System.Numerics.BigInteger => "an int",
        double => "a float",
        string => "a string",
        byte[] => "bytes",
        object?[] => "a tuple",
        List<object?> => "a list",
        OrderedDictionary<object, object?> => "a dict",
        StoredTensor => "a tensor",
        TensorStorage => "a storage",
        PickleGlobal global => global.ToString(),
        _ => value.GetType().Name,
    };
}
