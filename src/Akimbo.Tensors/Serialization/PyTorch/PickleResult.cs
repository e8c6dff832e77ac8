namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>Puts public types in the place of internal ones once a pickle is complete.</summary>
internal static class PickleResult
{
    private const int MaxDepth = 500;

    /// <summary>
    /// Replaces names of classes by strings and bare storages by tensors in everything that can be reached from
    /// <paramref name="root"/>, level by level, each container once, so that one that contains itself is no trap.
    /// </summary>
    /// <exception cref="CheckpointFormatException">Containers are nested too deep.</exception>
    public static object? Finish(object? root, PickleReader reader)
    {
        object?[] holder = [root];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        List<object> level = [holder], next = [];
        for (int depth = 0; level.Count > 0; depth++)
        {
            if (depth > MaxDepth) throw reader.Error($"Containers are nested more than {MaxDepth} deep");
            foreach (object container in level)
                Visit(container, item => Replace(item, seen, next));
            (level, next) = (next, level);
            next.Clear();
        }

        return holder[0];
    }

    private static void Visit(object container, Func<object?, object?> replace)
    {
        switch (container)
        {
            case object?[] items:
                for (int i = 0; i < items.Length; i++) items[i] = replace(items[i]);
                break;
            case List<object?> items:
                for (int i = 0; i < items.Count; i++) items[i] = replace(items[i]);
                break;
            case OrderedDictionary<object, object?> items:
                for (int i = 0; i < items.Count; i++)
                {
                    replace(items.GetAt(i).Key);
                    items.SetAt(i, replace(items.GetAt(i).Value));
                }

                break;
        }
    }

    private static object? Replace(object? item, HashSet<object> seen, List<object> next)
    {
        switch (item)
        {
            case PickleGlobal or NumpyDType:
                return item.ToString();
            case TensorStorage storage:
                return storage.ToTensor();
            case object?[] or List<object?> or OrderedDictionary<object, object?> when seen.Add(item):
                next.Add(item);
                return item;
            default:
                return item;
        }
    }
}
