using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Summary.Drawing;

/// <summary>
/// A graph drawn together to blocks. A module becomes one block where it has one input and one result and does not go down
/// and up again in resolution, so that branches, skips and stacks stay visible; else it is opened, and so on inside.
/// </summary>
internal sealed class BlockGraph
{
    private readonly Graph _graph;
    private readonly int[] _uses;
    private readonly string[] _paths;
    private readonly List<Value>[] _readers;
    private readonly int _depth;
    private readonly Block?[] _blockOf;
    private readonly List<Block> _blocks = [];

    private BlockGraph(Graph graph, int depth)
    {
        _graph = graph;
        _depth = depth;
        _uses = graph.CountUses();
        _paths = ScopePath.Of(graph, _uses);
        _readers = ScopePath.Readers(graph, _uses);
        _blockOf = new Block?[graph.Values.Count];
    }

    /// <summary>The blocks, each behind those it reads.</summary>
    public IReadOnlyList<Block> Blocks { get; private set; } = [];

    /// <summary>Draws a graph together.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="depth">Modules with so many names in their path are not opened, unless something outside lies between their parts.</param>
    public static BlockGraph Of(Graph graph, int depth)
    {
        var blocks = new BlockGraph(graph, depth);
        blocks.Build();
        return blocks;
    }

    private void Build()
    {
        New(BlockKind.Input, "input", _graph.Input);
        Open("", [.. _graph.Values.Where(value => value != _graph.Input && _uses[value.Index] > 0)]);
        PlaceLoose();
        for (int i = 0; i < _graph.Outputs.Count; i++)
        {
            var output = New(BlockKind.Output, _graph.Outputs.Count == 1 ? "output" : $"output {i}", member: null);
            output.Add(_graph.Outputs[i]);
            BlockOf(_graph.Outputs[i]).Connect(output);
        }

        foreach (var value in _graph.Values)
            if (_uses[value.Index] > 0)
                foreach (var input in value.Inputs) BlockOf(input).Connect(BlockOf(value));
        Blocks = Sorted();
    }

    private Block BlockOf(Value value) => _blockOf[value.Index]!;

    private Block New(BlockKind kind, string path, Value? member)
    {
        var block = new Block(kind, path);
        _blocks.Add(block);
        if (member is not null) Take(block, member);
        return block;
    }

    private void Take(Block block, Value value, bool isResult = true)
    {
        block.Add(value, isResult);
        _blockOf[value.Index] = block;
    }

    /// <summary>Makes blocks of the modules directly in a scope, or opens them.</summary>
    private void Open(string scope, List<Value> members)
    {
        foreach (var module in members.Where(value => _paths[value.Index] != scope).GroupBy(value => ScopePath.Child(_paths[value.Index], scope)))
        {
            List<Value> inside = [.. module];
            if (inside.All(value => _paths[value.Index] == module.Key) && inside[0].Operation.Name.Length > 0)
            {
                foreach (var operation in inside) New(BlockKind.Module, module.Key, operation);
            }
            else if (IsOneBlock(module.Key, inside))
            {
                var block = New(BlockKind.Module, module.Key, member: null);
                foreach (var value in inside) Take(block, value, isResult: IsReadOutside(value, inside));
            }
            else
            {
                Open(module.Key, inside);
            }
        }
    }

    /// <summary>
    /// What belongs to no module: a sum becomes a block of its own, or part of the sum it continues; activations, pooling and
    /// upsampling go with what they are applied to, as does a BatchNorm behind a convolution or a sum.
    /// </summary>
    private void PlaceLoose()
    {
        foreach (var value in _graph.Values)
        {
            if (_uses[value.Index] == 0) continue;
            var before = value.Inputs.Count > 0 ? _blockOf[value.Inputs[0].Index] : null;
            if (_blockOf[value.Index] is { } own)
            {
                bool isAlone = own is { Kind: BlockKind.Module, Members.Count: 1 } && value.Operation is BatchNormalize;
                if (!isAlone || before is null || _uses[value.Inputs[0].Index] != 1 || before.Kind is BlockKind.Input) continue;
                if (before is not ({ Kind: BlockKind.Sum } or { Members.Count: 1 })) continue;
                _blocks.Remove(own);
                Take(before, value);
            }
            else if (value.Inputs.Count > 1)
            {
                var continued = value.Inputs.FirstOrDefault(input => _uses[input.Index] == 1 && input.Operation is Add && BlockOf(input).Kind == BlockKind.Sum);
                if (continued is null) New(BlockKind.Sum, _paths[value.Index], value);
                else Take(BlockOf(continued), value);
            }
            else
            {
                Take(before!, value, isResult: before!.Kind == BlockKind.Sum && before.Shape == value.Shape);
            }
        }
    }

    private bool IsReadOutside(Value value, List<Value> inside) =>
        _graph.Outputs.Contains(value) || _readers[value.Index].Exists(reader => !inside.Contains(reader));

    private bool IsOneBlock(string scope, List<Value> inside)
    {
        var members = inside.ToHashSet();
        if (!IsConvex(members)) return false;
        if (ScopePath.Depth(scope) >= _depth) return true;
        int results = inside.Count(value => _graph.Outputs.Contains(value) || _readers[value.Index].Exists(reader => !members.Contains(reader)));
        int inputs = inside.SelectMany(value => value.Inputs).Where(input => !members.Contains(input)).Distinct().Count();
        return results == 1 && inputs == 1 && !ChangesBack(members);
    }

    /// <summary>Whether nothing outside both reads a member and is read by one.</summary>
    private bool IsConvex(HashSet<Value> members)
    {
        bool[] isAfter = new bool[_graph.Values.Count];
        foreach (var value in _graph.Values)
        {
            bool readsAfter = value.Inputs.Any(input => isAfter[input.Index]);
            if (members.Contains(value) && readsAfter) return false;
            isAfter[value.Index] = readsAfter || (!members.Contains(value) && value.Inputs.Any(members.Contains));
        }

        return true;
    }

    /// <summary>Whether the resolution falls and rises, or changes more than once.</summary>
    private static bool ChangesBack(HashSet<Value> members)
    {
        bool falls = false, rises = false;
        foreach (var value in members)
        {
            foreach (var input in value.Inputs.Where(members.Contains))
            {
                falls |= Height(value) < Height(input);
                rises |= Height(value) > Height(input);
            }
        }

        return (falls && rises) || members.Select(Height).Distinct().Count() > 2;
    }

    private static int Height(Value value) => value.Shape.Rank == 4 ? value.Shape[2] : 0;

    /// <summary>The blocks in an order in which each follows those it reads.</summary>
    private List<Block> Sorted()
    {
        var waiting = _blocks.ToDictionary(block => block, block => block.Sources.Count);
        var ready = new Queue<Block>(_blocks.Where(block => block.Sources.Count == 0));
        var sorted = new List<Block>();
        while (ready.TryDequeue(out var block))
        {
            sorted.Add(block);
            foreach (var target in block.Targets)
                if (--waiting[target] == 0) ready.Enqueue(target);
        }

        return sorted;
    }
}
