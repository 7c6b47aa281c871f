#pragma once

#include <QtGlobal>

namespace vitrine::pickle_op {

// The binary opcodes, by the names that Python's pickletools gives them.
inline constexpr quint8 Mark = '(', Stop = '.', Pop = '0', PopMark = '1', Dup = '2';
inline constexpr quint8 None = 'N', NewTrue = 0x88, NewFalse = 0x89;
inline constexpr quint8 BinInt = 'J', BinInt1 = 'K', BinInt2 = 'M', Long1 = 0x8a, Long4 = 0x8b,
                        BinFloat = 'G';
inline constexpr quint8 BinUnicode = 'X', ShortBinUnicode = 0x8c, BinUnicode8 = 0x8d;
inline constexpr quint8 BinString = 'T', ShortBinString = 'U';
inline constexpr quint8 BinBytes = 'B', ShortBinBytes = 'C', BinBytes8 = 0x8e, ByteArray8 = 0x96;
inline constexpr quint8 EmptyTuple = ')', Tuple = 't', Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87;
inline constexpr quint8 EmptyList = ']', List = 'l', EmptyDict = '}', Dict = 'd', EmptySet = 0x8f,
                        FrozenSet = 0x91;
inline constexpr quint8 Append = 'a', Appends = 'e', SetItem = 's', SetItems = 'u', AddItems = 0x90;
inline constexpr quint8 BinGet = 'h', LongBinGet = 'j', BinPut = 'q', LongBinPut = 'r', Memoize = 0x94;
inline constexpr quint8 Global = 'c', StackGlobal = 0x93, Reduce = 'R', NewObj = 0x81, NewObjEx = 0x92,
                        Build = 'b', BinPersId = 'Q';
inline constexpr quint8 Proto = 0x80, Frame = 0x95;

} // namespace vitrine::pickle_op
