namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>Finds the tensors of a network in the object of a checkpoint.</summary>
internal static class StateDict
{
    /// <summary>The keys under which training programs keep a state dict beside their other state.</summary>
    private static readonly string[] UsualKeys =
        ["state_dict", "model_state_dict", "best_state_dict", "model_state", "model", "net", "network", "params", "weights"];

    /// <exception cref="CheckpointFormatException">The object holds no state dict where one would be looked for.</exception>
    public static OrderedDictionary<string, StoredTensor> Find(object? root, string file)
    {
        if (root is OrderedDictionary<object, object?> dictionary)
        {
            foreach (string key in UsualKeys)
                if (dictionary.TryGetValue(key, out object? value) && TryRead(value) is { } nested) return nested;
            if (TryRead(dictionary) is { } own) return own;
        }

        throw new CheckpointFormatException(file,
            $"No state dict was found: the checkpoint is {Describe(root)}. Expected a dict of named tensors, by itself or under one of {string.Join(", ", UsualKeys)}.");
    }

    /// <summary>The tensors of a dict with names for keys, at least one tensor and no further containers; else null.</summary>
    private static OrderedDictionary<string, StoredTensor>? TryRead(object? value)
    {
        if (value is not OrderedDictionary<object, object?> dictionary) return null;
        var tensors = new OrderedDictionary<string, StoredTensor>(dictionary.Count);
        foreach (var (key, item) in dictionary)
        {
            if (key is not string name || item is OrderedDictionary<object, object?> or List<object?> or object?[]) return null;
            if (item is StoredTensor tensor) tensors.Add(name, tensor);
        }

        return tensors.Count > 0 ? tensors : null;
    }

    private static string Describe(object? root) => root is OrderedDictionary<object, object?> dictionary
        ? dictionary.Count == 0
            ? "an empty dict"
            : $"a dict of {string.Join(", ", dictionary.Take(8).Select(item => $"{(item.Key is string key ? Quoted.Text(key) : Quoted.Kind(item.Key))}: {Quoted.Kind(item.Value)}"))}"
        : Quoted.Kind(root);
}
