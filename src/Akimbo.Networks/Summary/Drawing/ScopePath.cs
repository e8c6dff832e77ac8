namespace Akimbo.Networks.Summary.Drawing;

/// <summary>Paths of modules, names joined by dots; the root is empty.</summary>
internal static class ScopePath
{
    /// <summary>The deepest scope that both are in.</summary>
    public static string Common(string a, string b)
    {
        int end = 0;
        for (int i = 0; ; i++)
        {
            bool endsA = i == a.Length || a[i] == '.', endsB = i == b.Length || b[i] == '.';
            if (endsA && endsB) end = i;
            if (i == a.Length || i == b.Length || a[i] != b[i]) return a[..end];
        }
    }

    /// <summary>Whether a path is a scope or below it.</summary>
    public static bool IsWithin(string path, string scope) =>
        scope.Length == 0 || (path.StartsWith(scope, StringComparison.Ordinal) && (path.Length == scope.Length || path[scope.Length] == '.'));

    /// <summary>The scope directly below <paramref name="scope"/> that a path within it is in.</summary>
    public static string Child(string path, string scope)
    {
        int start = scope.Length == 0 ? 0 : scope.Length + 1;
        int dot = path.IndexOf('.', start);
        return dot < 0 ? path : path[..dot];
    }

    /// <summary>How many names a path has.</summary>
    public static int Depth(string path) => path.Length == 0 ? 0 : 1 + path.Count(c => c == '.');

    /// <summary>
    /// The scope of every value. A graph names only operations with parameters. A sum belongs to the block whose input it adds
    /// to the block's result, else to what its addends have in common; others are where both their input and their readers are.
    /// </summary>
    public static string[] Of(Graph graph, int[] uses)
    {
        var readers = Readers(graph, uses);
        string[] paths = new string[graph.Values.Count];
        foreach (var value in graph.Values)
        {
            paths[value.Index] = value.Operation.Name.Length > 0 ? value.Operation.Name
                : value.Inputs.Count == 0 ? ""
                : value.Inputs.Count == 1 ? paths[value.Inputs[0].Index]
                : OfSum(value);
        }

        for (int i = graph.Values.Count - 1; i >= 0; i--)
        {
            if (graph.Values[i].Inputs.Count != 1 || graph.Values[i].Operation.Name.Length > 0) continue;
            foreach (var reader in readers[i]) paths[i] = Common(paths[i], paths[reader.Index]);
        }

        return paths;

        string OfSum(Value sum)
        {
            var (older, younger) = sum.Inputs[0].Index < sum.Inputs[1].Index ? (sum.Inputs[0], sum.Inputs[1]) : (sum.Inputs[1], sum.Inputs[0]);
            string best = Common(paths[older.Index], paths[younger.Index]);
            foreach (string name in NamesAfter(older))
                if (Common(name, paths[younger.Index]) is var shared && shared.Length > best.Length) best = shared;
            return best;
        }

        IEnumerable<string> NamesAfter(Value value) => readers[value.Index].SelectMany(reader =>
            reader.Operation.Name.Length > 0 ? [reader.Operation.Name] : reader.Inputs.Count == 1 ? NamesAfter(reader) : []);
    }

    /// <summary>For every value, by its index, the values that read it and are needed.</summary>
    public static List<Value>[] Readers(Graph graph, int[] uses)
    {
        List<Value>[] readers = [.. graph.Values.Select(_ => new List<Value>())];
        foreach (var value in graph.Values)
            if (uses[value.Index] > 0)
                foreach (var input in value.Inputs) readers[input.Index].Add(value);
        return readers;
    }
}
