using Akimbo.Networks.Operations;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Networks.Inference;

/// <summary>
/// Turns a graph into nodes that one kernel each computes: a BatchNorm goes into the weights of the convolution before it
/// (or of both, where it follows a sum of two), an addition and an activation into the kernel that gives their input.
/// A BatchNorm before a 1×1 convolution is applied as that reads its input, and an addition upsamples as it reads.
/// Only values that nothing else reads are taken in.
/// </summary>
internal static class GraphFuser
{
    /// <summary>The nodes in the order in which they are computed.</summary>
    public static List<FusedNode> Fuse(Graph graph)
    {
        int[] uses = graph.CountUses();
        var nodes = new List<FusedNode>();
        var producers = new Dictionary<Value, FusedNode>();
        foreach (var value in graph.Values)
        {
            if (value == graph.Input || !IsNeeded(value)) continue;
            if (TryTakeIn(value) is not { } node)
            {
                node = new FusedNode(value, position: nodes.Count);
                nodes.Add(node);
            }

            node.GiveInstead(value);
            producers[value] = node;
        }

        TakeInReaders();
        return nodes;

        bool IsNeeded(Value value) => uses[value.Index] > 0;

        FusedNode? OpenProducer(Value value) =>
            uses[value.Index] == 1 && producers.TryGetValue(value, out var node) && node.IsOpen ? node : null;

        FusedNode? TryTakeIn(Value value) => value.Operation switch
        {
            BatchNormalize normalize => TryFold(normalize, value.Inputs[0]),
            Clamp clamp => TryActivate(clamp, value.Inputs[0]),
            Add => TryAdd(value.Inputs[0], value.Inputs[1]),
            _ => null,
        };

        FusedNode? TryFold(BatchNormalize normalize, Value input)
        {
            if (OpenProducer(input) is not { Operation: Convolve } node) return null;
            if (node.Residual is { } residual)
            {
                if (OpenProducer(residual) is not { Operation: Convolve, Residual: null } addend) return null;
                addend.Fold(normalize, shifts: false);
            }

            node.Fold(normalize, shifts: true);
            return node;
        }

        FusedNode? TryActivate(Clamp clamp, Value input)
        {
            if (OpenProducer(input) is not { Operation: Convolve or BatchNormalize or Add } node) return null;
            node.Activate(clamp);
            return node;
        }

        FusedNode? TryAdd(Value left, Value right)
        {
            var (earlier, later) = Position(left) <= Position(right) ? (left, right) : (right, left);
            if (OpenProducer(later) is not { Operation: Convolve, Residual: null } node) return null;
            node.AddResidual(earlier);
            return node;
        }

        void TakeInReaders()
        {
            var taken = new HashSet<FusedNode>();
            foreach (var node in nodes)
                if (node.Operation is Convolve convolve && PointwiseConvolution.Fits(convolve.GeometryFor(node.Inputs[0].Shape)) && OnlyReader(node.Inputs[0]) is { Operation: BatchNormalize } normalize)
                {
                    node.ReadThrough(normalize);
                    taken.Add(normalize);
                }
                else if (node.Operation is Add && node.Inputs[0] != node.Inputs[1])
                {
                    int side = OnlyReader(node.Inputs[1]) is { Operation: NearestUpsample } ? 1 : 0;
                    if (OnlyReader(node.Inputs[side]) is not { Operation: NearestUpsample } upsample) continue;
                    node.ReadThrough(upsample, node.Inputs[1 - side]);
                    taken.Add(upsample);
                }

            nodes.RemoveAll(taken.Contains);
        }

        FusedNode? OnlyReader(Value value) => uses[value.Index] == 1 && producers.TryGetValue(value, out var node) && node.Output == value ? node : null;

        int Position(Value value) => producers.TryGetValue(value, out var node) ? node.Position : -1;
    }
}
